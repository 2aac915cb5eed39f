"""An e-service with one order: it sends the payer to PaySG, checks the status when the payer comes back, and takes webhooks.

Set PAYSG_URL, PAYSG_SERVICE_ID, PAYSG_API_KEY and PAYSG_WEBHOOK_SECRET; if you like RETURN_URL (where payers come back to, as they see it) and PORT.
It listens on this machine only: put a proxy with HTTPS in front of it.
"""

import json
import os
import sys
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from paysg_signature import is_from_paysg

url, service, api_key, webhook_secret = (
    os.environ.get(name) or sys.exit(f"Set {name}.")
    for name in ("PAYSG_URL", "PAYSG_SERVICE_ID", "PAYSG_API_KEY", "PAYSG_WEBHOOK_SECRET")
)
payments = f"{url}/v1/payment-services/{service}/payments"
order = {"number": f"INV-{time.time_ns()}", "cents": 1130, "payment_id": None}  # yours are in a database,
known_events = set()  # and so are these


def say(text):
    print(f"{text}\n", end="", flush=True)  # a line at once: each request has a thread of its own


def paysg(url, body=None, **headers):
    headers |= {"x-api-key": api_key, "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=30) as answer:
        return json.load(answer)


class EService(BaseHTTPRequestHandler):
    timeout = 30  # for a caller that stops sending

    def do_GET(self):
        if self.path.split("?")[0] != "/back":
            return self.answer(404)
        # Anybody can open this address, so trust nothing in it: read the order's own payment.
        status = paysg(f"{payments}/{order['payment_id']}")["payment_status"] if order["payment_id"] else "not begun"
        say(f"{order['number']}: {status}, says the API")
        self.answer(200, f"{order['number']} is {status}\n")

    def do_POST(self):
        {"/pay": self.pay, "/webhook": self.take_webhook}.get(self.path, lambda: self.answer(404))()

    def pay(self):
        # The key makes it one payment, however often the payer presses the button.
        body = {"reference_id": order["number"], "payer_name": "Tan Ah Kow", "description": "Licence fee",
                "amount_in_cents": order["cents"], "return_url": os.environ.get("RETURN_URL")}
        payment = paysg(payments, body, **{"Idempotency-Key": order["number"]})
        order["payment_id"] = payment["id"]
        say(f"{order['number']}: to be paid at {payment['payment_url']}")
        self.answer(303, Location=payment["payment_url"])

    def take_webhook(self):
        length = int(self.headers.get("Content-Length", -1))
        if not 0 <= length <= 1024 * 1024:
            return self.answer(413)
        # The signature covers the bytes as they arrived. Store the event, answer, then work: the same one may arrive twice.
        raw_body = self.rfile.read(length)
        if not is_from_paysg(raw_body, self.headers.get("PaySG-Signature", ""), webhook_secret):
            return self.answer(400)
        event = json.loads(raw_body)
        is_new = event["id"] not in known_events
        known_events.add(event["id"])
        self.answer(200)
        if is_new and event["type"] == "payment.succeeded":
            payment = event["data"]["object"]
            say(f"{payment['reference_id']}: {payment['payment_status']}, says webhook {event['id']}")

    def answer(self, status, text="", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": len(text), "Connection": "close", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())


server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), EService)
say(f"Listening on http://127.0.0.1:{server.server_port}")
server.serve_forever()
