// An e-service with one order: it leads the payer to PaySG, asks for the status when the payer comes back, and takes webhooks.
import { createServer } from 'node:http';
import { isFromPaySg } from './paysg-signature.mjs';

const setting = (name) => process.env[name] || fail(`Set ${name}.`);
const fail = (message) => { throw new Error(message); };
const payments = `${setting('PAYSG_URL')}/v1/payment-services/${setting('PAYSG_SERVICE_ID')}/payments`;
const headers = { 'x-api-key': setting('PAYSG_API_KEY'), 'Content-Type': 'application/json' };
const webhookSecret = setting('PAYSG_WEBHOOK_SECRET');
const order = { number: `INV-${Date.now()}`, cents: 1130, paymentId: null }; // yours are in a database,
const knownEvents = new Set(); // and so are these

async function paysg(url, options) {
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(30_000), ...options });
  return answer.ok ? answer.json() : fail(`PaySG answered ${answer.status}: ${await answer.text()}`);
}

async function bytesOf(request) {
  let bytes = Buffer.alloc(0);
  for await (const chunk of request) {
    bytes = Buffer.concat([bytes, chunk]);
    if (bytes.length > 1024 * 1024) fail('The body is too large.');
  }
  return bytes;
}

const routes = {
  // The key makes it one payment, however often the payer presses the button.
  'POST /pay': async (request, response) => {
    const payment = await paysg(payments, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': order.number },
      body: JSON.stringify({
        reference_id: order.number, payer_name: 'Tan Ah Kow', description: 'Licence fee', amount_in_cents: order.cents, return_url: process.env.RETURN_URL,
      }),
    });
    order.paymentId = payment.id;
    console.log(`${order.number}: to be paid at ${payment.payment_url}`);
    response.writeHead(303, { Location: payment.payment_url }).end();
  },

  // Anybody can open this address, so nothing in it is believed: the order's own payment is read.
  'GET /back': async (request, response) => {
    const status = order.paymentId ? (await paysg(`${payments}/${order.paymentId}`)).payment_status : 'not begun';
    console.log(`${order.number}: ${status}, says the API`);
    response.end(`${order.number} is ${status}\n`);
  },

  // The signature is of the bytes as they came. Keep the event, answer, then work: the same one may come twice.
  'POST /webhook': async (request, response) => {
    const rawBody = await bytesOf(request);
    if (!isFromPaySg(rawBody, request.headers['paysg-signature'] ?? '', webhookSecret)) return response.writeHead(400).end();
    const event = JSON.parse(rawBody);
    const isNew = !knownEvents.has(event.id);
    knownEvents.add(event.id);
    response.end();
    const payment = event.data.object;
    if (isNew && event.type === 'payment.succeeded') console.log(`${payment.reference_id}: ${payment.payment_status}, says webhook ${event.id}`);
  },
};

const server = createServer(async (request, response) => {
  try {
    const route = routes[`${request.method} ${request.url.split('?')[0]}`];
    await (route ? route(request, response) : response.writeHead(404).end());
  } catch (error) {
    console.error(error.message);
    response.writeHead(500).end();
  }
});
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => console.log(`Listening on http://127.0.0.1:${server.address().port}`));
