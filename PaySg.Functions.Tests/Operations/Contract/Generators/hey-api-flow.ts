// Creates, pays, lists and refunds by the client that hey-api generates, and holds each answer against its zod schema.
import { createPayment, listEvents, listPayments, refundPayment, simulatePayment } from './hey-api/sdk.gen.ts';
import { client } from './hey-api/client.gen.ts';
import { zCreatePaymentResponse, zListEventsResponse, zListPaymentsResponse, zRefundPaymentResponse, zSimulatePaymentResponse } from './hey-api/zod.gen.ts';

const { PAYSG_URL, PAYSG_SERVICE_ID: paymentServiceId = '', PAYSG_API_KEY: key = '' } = process.env;
client.setConfig({ baseUrl: PAYSG_URL, auth: key, throwOnError: true });

const created = (await createPayment({
  path: { paymentServiceId },
  body: { reference_id: 'HEY-1', payer_name: 'Tan Ah Kow', description: 'Licence fee', amount_in_cents: 1130 },
  throwOnError: true,
})).data;
zCreatePaymentResponse.parse(created);
const paymentId = created.id;
const paid = (await simulatePayment({ path: { paymentId }, body: { outcome: 'succeeded' }, throwOnError: true })).data;
zSimulatePaymentResponse.parse(paid);
const listed = (await listPayments({ path: { paymentServiceId }, query: { limit: 1 }, throwOnError: true })).data;
zListPaymentsResponse.parse(listed);
const refunded = (await refundPayment({ path: { paymentServiceId, paymentId }, body: { refund_amount_in_cents: 130 }, throwOnError: true })).data;
zRefundPaymentResponse.parse(refunded);
const events = (await listEvents({ path: { paymentServiceId }, query: { limit: 3 }, throwOnError: true })).data;
zListEventsResponse.parse(events);

// An event of tomorrow.
zListEventsResponse.parse({ ...events, data: [{ ...events.data[0], type: 'payment.disputed' }] });

console.log([paymentId, created.payment_status, paid.payment_status, listed.data[0].id === paymentId, refunded.latest_status, ...events.data.map(event => event.type)].join(' '));
