# What a desktop offers on its session bus: a host for tray icons and a notification daemon. One JSON line a happening on
# standard output; on standard input the commands `menu` and `click LABEL` (LABEL may be `Outer > Inner`) for the last icon, and
# `notification ID` to click one.
import json
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
PROPERTIES = "org.freedesktop.DBus.Properties"
WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
items = []


def say(**happening):
    print(json.dumps(happening, ensure_ascii=False), flush=True)


class Watcher(dbus.service.Object):
    @dbus.service.method(WATCHER, in_signature="s", sender_keyword="sender")
    def RegisterStatusNotifierItem(self, service, sender=None):
        owner, path = (sender, service) if service.startswith("/") else (service, "/StatusNotifierItem")
        items.append((owner, path))
        say(tray="registered", service=str(service))

    @dbus.service.method(WATCHER, in_signature="s")
    def RegisterStatusNotifierHost(self, service):
        pass

    @dbus.service.method(PROPERTIES, in_signature="ss", out_signature="v")
    def Get(self, _interface, name):
        return self.GetAll(_interface)[name]

    @dbus.service.method(PROPERTIES, in_signature="s", out_signature="a{sv}")
    def GetAll(self, _interface):
        registered = dbus.Array([service for service, _ in items], signature="s")
        return {
            "IsStatusNotifierHostRegistered": True,
            "ProtocolVersion": dbus.Int32(0),
            "RegisteredStatusNotifierItems": registered,
        }

    @dbus.service.signal(WATCHER)
    def StatusNotifierHostRegistered(self):
        pass


class Notifications(dbus.service.Object):
    name = "org.freedesktop.Notifications"
    last = 0

    @dbus.service.method(name, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, _app, _replaces, _icon, summary, body, actions, _hints, _timeout):
        Notifications.last += 1
        say(notification=Notifications.last, title=str(summary), body=str(body), actions=[str(one) for one in actions])
        return dbus.UInt32(Notifications.last)

    @dbus.service.method(name, in_signature="u")
    def CloseNotification(self, identity):
        self.NotificationClosed(identity, 3)

    @dbus.service.method(name, out_signature="as")
    def GetCapabilities(self):
        return ["body", "actions", "body-markup"]

    @dbus.service.method(name, out_signature="ssss")
    def GetServerInformation(self):
        return ("recorder", "todoku tests", "1", "1.2")

    @dbus.service.signal(name, signature="uu")
    def NotificationClosed(self, identity, reason):
        pass

    @dbus.service.signal(name, signature="us")
    def ActionInvoked(self, identity, action):
        pass


def menu_of_last():
    service, path = items[-1]
    item = bus.get_object(service, path)
    menu_path = item.Get(ITEM, "Menu", dbus_interface=PROPERTIES)
    return dbus.Interface(bus.get_object(service, menu_path), MENU)


def entries(menu):
    _revision, layout = menu.GetLayout(0, -1, dbus.Array([], signature="s"))
    return list(flatten(layout, ""))


def flatten(node, prefix):
    for child in node[2]:
        identity, properties, _ = child
        label = str(properties.get("label", "")).replace("_", "")
        name = f"{prefix} > {label}" if prefix else label
        if properties.get("type", "standard") != "separator":
            yield int(identity), name, bool(properties.get("enabled", True))
        yield from flatten(child, name)


def command(line):
    word, _, rest = line.strip().partition(" ")
    try:
        if word == "menu":
            say(menu=[label for _, label, _ in entries(menu_of_last())])
        elif word == "tooltip":
            service, path = items[-1]
            tip = bus.get_object(service, path).Get(ITEM, "ToolTip", dbus_interface=PROPERTIES)
            say(tooltip=str(tip[2]))
        elif word == "click":
            menu = menu_of_last()
            identity = next(number for number, label, _ in entries(menu) if label == rest)
            menu.Event(identity, "clicked", dbus.String("", variant_level=1), dbus.UInt32(0))
            say(clicked=rest)
        elif word == "notification":
            notifications.ActionInvoked(dbus.UInt32(int(rest)), "default")
            say(clicked=rest)
    except StopIteration:
        say(error=f"no entry {rest}")
    except Exception as error:
        say(error=str(error))


def read(source, _condition):
    line = source.readline()
    if not line:
        loop.quit()
        return False
    command(line)
    return True


names = [dbus.service.BusName(name, bus) for name in (WATCHER, Notifications.name)]
watcher = Watcher(bus, "/StatusNotifierWatcher")
notifications = Notifications(bus, "/org/freedesktop/Notifications")
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, read)
loop = GLib.MainLoop()
say(ready=True)
loop.run()
