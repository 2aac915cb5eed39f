// Everything works without this file. It saves a second click, groups digits, and looks whether a payment has gone through.
(() => {
  'use strict';

  const main = document.querySelector('main');

  // A form is sent once. The server charges once in any case: this only says so.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }

    const button = form.querySelector('button[type=submit]');
    if (form.dataset.once && button) {
      form.dataset.sent = button.textContent;
      button.setAttribute('aria-disabled', 'true');
      button.textContent = form.dataset.once;
    }
  });

  // Coming back by the back button, the form may be sent again.
  window.addEventListener('pageshow', event => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll('form[data-sent]')) {
      const button = form.querySelector('button[type=submit]');
      button.textContent = form.dataset.sent;
      button.removeAttribute('aria-disabled');
      delete form.dataset.sent;
    }
  });

  // What is wrong is read out and seen first.
  document.querySelector('.errors')?.focus();

  const number = document.getElementById('card_number');
  number?.addEventListener('input', () => {
    if (number.selectionStart !== number.value.length) return;
    const digits = number.value.replace(/\D/g, '').slice(0, 19);
    number.value = (/^3[47]/.test(digits) ? digits.match(/^\d{1,4}|\d{1,6}/g) : digits.match(/\d{1,4}/g))?.join(' ') ?? '';
  });

  const expiry = document.getElementById('card_expiry');
  expiry?.addEventListener('input', event => {
    if (event.inputType?.startsWith('delete')) return;
    if (/^\d{2}$/.test(expiry.value)) expiry.value += '/';

    // Who types the slash has it once.
    expiry.value = expiry.value.replace(/\/{2,}/, '/');
  });

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  // While a bank decides, look every few seconds whether the page would be another one, for as long as a QR code is good.
  const waiting = document.querySelector('[data-wait]');
  if (waiting) {
    const address = location.pathname + waiting.dataset.wait;
    let looksLeft = 900;
    const look = async () => {
      if (!document.hidden) {
        looksLeft--;
        try {
          const answer = await fetch(address, { headers: { accept: 'text/html' }, cache: 'no-store' });
          const page = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html');
          const state = page && page.querySelector('main')?.dataset.state;
          if (state && state !== main.dataset.state) {
            location.replace(address);
            return;
          }
        } catch {
          // No connection just now: look again later.
        }
      }

      if (looksLeft > 0) setTimeout(look, 4000);
    };
    setTimeout(look, 4000);
  }
})();
