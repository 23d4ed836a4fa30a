"""Another mail client on the same Maildir: Python's own mailbox module. One JSON command a line, one JSON answer a line."""
import json
import mailbox
import sys


def folder(root, name):
    box = mailbox.Maildir(root, create=False)
    return box.get_folder(name) if name else box


def find(box, subject):
    for key, message in box.iteritems():
        if message['Subject'] == subject:
            return key, message
    raise KeyError(subject)


def run(root, what, name='', subject='', flags='', goal=''):
    box = folder(root, name)
    if what == 'list':
        return sorted([message['Subject'], message.get_flags()] for message in box)
    if what == 'folder':
        box.add_folder(subject)
        return True
    if what == 'add':
        message = mailbox.MaildirMessage(f'From: a@example.org\nSubject: {subject}\nMessage-ID: <{subject}@x>\n\nbody of {subject}\n')
        return box.add(message) != ''
    key, message = find(box, subject)
    if what == 'flag':
        message.set_subdir('cur')
        message.set_flags(flags)
        box[key] = message
    elif what == 'move':
        folder(root, goal).add(message)
        box.remove(key)
    elif what == 'remove':
        box.remove(key)
    return True


for line in sys.stdin:
    try:
        print(json.dumps(run(**json.loads(line))), flush=True)
    except KeyError:
        print('false', flush=True)
