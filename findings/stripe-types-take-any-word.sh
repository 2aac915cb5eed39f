#!/usr/bin/env bash
# npm stripe 23.1.0 (API 2026-10-28.endive), compiled by typescript 5.9.3 with --strict: the type of each choice (a status, a method, a reason) takes any word.
# The choices are listed in the package's types and end in an open string, so that a value which Stripe adds later is no error; a misspelt one is none either.
#
# Seen: a payment intent's status of 'cancelled' and a method 'pay_now' compile, with no message. A member with a wrong name, and a number in place of a word,
# do not, so the types are not simply loose.
#
# It matters here because what the product sends to Stripe, and what its stand-in answers, is compared with these types: without closing the ends of the choices
# first, the comparison could not find a wrong word. It matters as well to whoever relies on the compiler to find a misspelt status. Exits 1 when this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent stripe@23.1.0 typescript@5.9.3 @types/node@20.19.43

compiles() { npx tsc --noEmit --strict --skipLibCheck --module nodenext --moduleResolution nodenext --types node "$1" >"$1.log" 2>&1; }

cat > words.ts <<'TS'
import type Stripe from 'stripe';
export const status: Stripe.PaymentIntent['status'] = 'cancelled';
export const sent: Stripe.PaymentIntentCreateParams = { amount: 1130, currency: 'sgd', allowed_payment_method_types: ['pay_now'] };
TS
cat > member.ts <<'TS'
import type Stripe from 'stripe';
export const sent: Stripe.PaymentIntentCreateParams = { amount: 1130, currency: 'sgd', payment_methods_allowed: ['paynow'] };
TS
cat > number.ts <<'TS'
import type Stripe from 'stripe';
export const status: Stripe.PaymentIntent['status'] = 5;
TS

for file in words member number; do
  if compiles "$file.ts"; then echo "$file.ts: compiles"; else echo "$file.ts: $(head -1 "$file.ts.log" | cut -c1-160)"; fi
done

compiles words.ts && ! compiles member.ts && ! compiles number.ts
