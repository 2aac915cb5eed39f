import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_MS = 5 * 60 * 1000;

// rawBody: a Buffer with the bytes that came (in Express: express.raw({ type: 'application/json' })).
export function isFromPaySg(rawBody, header, secret, nowMs = Date.now()) {
  const parts = header.split(',').map((part) => part.trim());
  const sent = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  if (!/^\d+$/.test(sent) || Math.abs(nowMs - Number(sent)) > TOLERANCE_MS) return false;
  const expected = createHmac('sha256', secret).update(`${sent}.`).update(rawBody).digest();
  return parts
    .filter((part) => part.startsWith('v1='))
    .map((part) => Buffer.from(part.slice(3), 'hex'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
