// Creates, pays, lists and refunds by the client that orval generates, and holds each answer against its zod schema.
import * as api from './orval/client.ts';
import * as zod from './orval/zod.ts';

const { PAYSG_URL, PAYSG_SERVICE_ID: service = '', PAYSG_API_KEY: key = '' } = process.env;
const relative = globalThis.fetch;
globalThis.fetch = (input, init) => relative(new URL(String(input), PAYSG_URL), init);
const options = { headers: { 'x-api-key': key } };

const created = await api.createPayment(service, { reference_id: 'ORVAL-1', payer_name: 'Tan Ah Kow', description: 'Licence fee', amount_in_cents: 1130 }, options);
if (created.status !== 201) throw new Error(`create answered ${created.status}`);
const { id } = zod.CreatePaymentResponse.parse(created.data);

const paid = await api.simulatePayment(id, { outcome: 'succeeded' }, options);
if (paid.status !== 200) throw new Error(`pay answered ${paid.status}`);
zod.SimulatePaymentResponse.parse(paid.data);

const listed = await api.listPayments(service, { limit: 1 }, options);
if (listed.status !== 200) throw new Error(`list answered ${listed.status}`);
zod.ListPaymentsResponse.parse(listed.data);

const refunded = await api.refundPayment(service, id, { refund_amount_in_cents: 130 }, options);
if (refunded.status !== 200) throw new Error(`refund answered ${refunded.status}`);
zod.RefundPaymentResponse.parse(refunded.data);

const events = await api.listEvents(service, { limit: 3 }, options);
if (events.status !== 200) throw new Error(`events answered ${events.status}`);
const types = zod.ListEventsResponse.parse(events.data).data.map(event => event.type);

// An event of tomorrow.
zod.ListEventsResponse.parse({ ...events.data, data: [{ ...events.data.data[0], type: 'payment.disputed' }] });

console.log([id, created.data.payment_status, paid.data.payment_status, listed.data.data[0].id === id, refunded.data.latest_status, ...types].join(' '));
