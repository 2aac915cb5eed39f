// An e-service with one order: it sends the payer to PaySG, checks the status when the payer comes back, and takes webhooks.
// Set PAYSG_URL, PAYSG_SERVICE_ID, PAYSG_API_KEY and PAYSG_WEBHOOK_SECRET; if you like RETURN_URL (where payers come back to, as they see it) and PORT.
// It listens on this machine only: put a proxy with HTTPS in front of it.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { isFromPaySg } from './paysg-signature.mjs';

const { PAYSG_URL, PAYSG_SERVICE_ID, PAYSG_API_KEY, PAYSG_WEBHOOK_SECRET, RETURN_URL, PORT = '8080' } = process.env;
if (!(PAYSG_URL && PAYSG_SERVICE_ID && PAYSG_API_KEY && PAYSG_WEBHOOK_SECRET)) throw new Error('Set PAYSG_URL, PAYSG_SERVICE_ID, PAYSG_API_KEY and PAYSG_WEBHOOK_SECRET.');
const payments = `${PAYSG_URL}/v1/payment-services/${PAYSG_SERVICE_ID}/payments`;
const order = { number: `INV-${Date.now()}`, cents: 1130, paymentId: null }; // yours are in a database,
const knownEvents = new Set(); // and so are these

async function paysg(url, { headers, ...options } = {}) {
  const all = { 'x-api-key': PAYSG_API_KEY, 'Content-Type': 'application/json', ...headers };
  const answer = await fetch(url, { ...options, headers: all, signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw new Error(`PaySG answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

const routes = {
  // The key makes it one payment, however often the payer presses the button.
  'POST /pay': async (request, response) => {
    const body = { reference_id: order.number, payer_name: 'Tan Ah Kow', description: 'Licence fee', amount_in_cents: order.cents, return_url: RETURN_URL };
    const payment = await paysg(payments, { method: 'POST', headers: { 'Idempotency-Key': order.number }, body: JSON.stringify(body) });
    order.paymentId = payment.id;
    console.log(`${order.number}: to be paid at ${payment.payment_url}`);
    response.writeHead(303, { Location: payment.payment_url }).end();
  },

  // Anybody can open this address, so trust nothing in it: read the order's own payment.
  'GET /back': async (request, response) => {
    const status = order.paymentId ? (await paysg(`${payments}/${order.paymentId}`)).payment_status : 'not begun';
    console.log(`${order.number}: ${status}, says the API`);
    response.end(`${order.number} is ${status}\n`);
  },

  // The signature covers the bytes as they arrived. Store the event, answer, then work: the same one may arrive twice.
  'POST /webhook': async (request, response) => {
    if (!(request.headers['content-length'] <= 1024 * 1024)) return response.writeHead(413).end();
    const rawBody = await buffer(request);
    if (!isFromPaySg(rawBody, request.headers['paysg-signature'] ?? '', PAYSG_WEBHOOK_SECRET)) return response.writeHead(400).end();
    const { id, type, data } = JSON.parse(rawBody);
    const isNew = !knownEvents.has(id);
    knownEvents.add(id);
    response.end();
    if (isNew && type === 'payment.succeeded') console.log(`${data.object.reference_id}: ${data.object.payment_status}, says webhook ${id}`);
  },
};

const server = createServer((request, response) => {
  const route = routes[`${request.method} ${request.url.split('?')[0]}`] ?? (async () => response.writeHead(404).end());
  route(request, response).catch((error) => {
    console.error(error.message);
    if (!response.headersSent) response.writeHead(500).end();
  });
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`Listening on http://127.0.0.1:${server.address().port}`));
