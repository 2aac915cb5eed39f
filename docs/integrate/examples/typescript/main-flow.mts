// The main flow, by a client whose types are generated from the API's document. How to run it: docs/integrate/contract.md.
// `satisfies` is for fields that the document does not have: openapi-fetch by itself accepts them.
import createClient from 'openapi-fetch';
import type { components, paths } from './paysg.mjs';

type Schemas = components['schemas'];

const baseUrl = process.env.PAYSG_URL ?? 'http://localhost:7071';
const agency = createClient<paths>({ baseUrl, headers: { 'x-api-key': setting('PAYSG_API_KEY') } });
const payer = createClient<paths>({ baseUrl });
const paymentServiceId = setting('PAYSG_SERVICE_ID');

// The e-service creates a payment. With the same key, sending it again answers with the same payment.
const order = `INV-${Date.now()}`;
const created = taken(await agency.POST('/v1/payment-services/{paymentServiceId}/payments', {
  params: { path: { paymentServiceId }, header: { 'Idempotency-Key': order } },
  body: { reference_id: order, payer_name: 'Tan Ah Kow', description: 'Licence fee', amount_in_cents: 1130 } satisfies Schemas['NewPayment'],
}));
console.log(`created: ${created.payment_status}, ${created.payment_url}`);

// The payer pays: in test mode without a browser.
taken(await payer.POST('/sandbox/payments/{paymentId}', {
  params: { path: { paymentId: created.id } },
  body: { outcome: 'succeeded' } satisfies Schemas['SimulatedPayment'],
}));

// The e-service reads it, and refunds a part.
const path = { paymentServiceId, paymentId: created.id };
const paid = taken(await agency.GET('/v1/payment-services/{paymentServiceId}/payments/{paymentId}', { params: { path } }));
console.log(`read: ${paid.payment_status} at ${paid.payment_succeeded_timestamp}`);
const refunded = taken(await agency.POST('/v1/payment-services/{paymentServiceId}/payments/{paymentId}/refund', {
  params: { path, header: { 'Idempotency-Key': `refund-${order}` } },
  body: { refund_amount_in_cents: 130 } satisfies Schemas['NewRefund'],
}));
console.log(`refunded: ${refunded.refund_status}`);

// A merchant of the Singapay API makes a payment link, and a payer pays on it.
const basic = Buffer.from(`${setting('PAYSG_CLIENT_ID')}:${setting('PAYSG_CLIENT_SECRET')}`).toString('base64');
const partner = { 'X-PARTNER-ID': setting('PAYSG_PARTNER_ID') };
const token = taken(await createClient<paths>({ baseUrl, headers: { ...partner, Authorization: `Basic ${basic}` } })
  .POST('/api/v1.0/access-token/b2b', { body: { grant_type: 'client_credentials' } satisfies Schemas['TokenRequest'] })).data;
const merchant = createClient<paths>({ baseUrl, headers: { ...partner, Authorization: `${token.token_type} ${token.access_token}` } });
const accountId = setting('PAYSG_ACCOUNT_ID');
const link = taken(await merchant.POST('/api/v1.0/payment-link-manage/{accountId}', {
  params: { path: { accountId } },
  body: {
    reff_no: `PL-${Date.now()}`,
    title: 'Tickets',
    total_amount: 20000,
    items: [{ name: 'Ticket', quantity: 2, unit_price: 10000 }],
    max_usage: 20,
    optional_metadata: { campaign: 'opening' },
  } satisfies Schemas['NewPaymentLink'],
})).data;
taken(await payer.POST('/sandbox/payment-links/{reffNo}/attempts', {
  params: { path: { reffNo: link.reff_no } },
  body: { payment_method: 'QRIS', outcome: 'succeeded' } satisfies Schemas['SimulatedLinkAttempt'],
}));
const used = taken(await merchant.GET('/api/v1.0/payment-link-manage/{accountId}/{paymentLinkId}', {
  params: { path: { accountId, paymentLinkId: link.id } },
})).data;
console.log(`link: ${used.status}, paid ${used.current_usage} of ${used.max_usage} times, ${used.total_amount} rupiah each`);

/** What was answered; anything else than success ends the program. */
function taken<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) throw new Error(`${answer.response.status}: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

/** A variable of the environment, which must be there. */
function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name}.`);
  return value;
}
