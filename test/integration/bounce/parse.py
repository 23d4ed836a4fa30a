# What Python's email package makes of a bounce: printed as JSON, for send.test.ts.
import email, email.policy, json, sys

message = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
parts = list(message.iter_parts())
status = parts[1].get_payload()
print(json.dumps({
    "type": message.get_content_type(),
    "report": message.get_param("report-type"),
    "parts": [part.get_content_type() for part in parts],
    "defects": [str(defect) for part in message.walk() for defect in part.defects],
    "header": {name: message[name] for name in ("Auto-Submitted", "Message-ID", "Date", "Return-Path", "To", "From", "Subject")},
    "date": message["Date"].datetime.isoformat(),
    "message": dict(status[0].items()),
    "recipients": [dict(block.items()) for block in status[1:] if block.items()],
    "text": parts[0].get_content(),
    "returned": email.message_from_string(parts[2].get_payload(), policy=email.policy.default)["Subject"],
}))
