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

    // A button that changes the language sends the form, too, and it is shown again.
    const button = form.querySelector('button[type=submit]');
    if (form.dataset.once && button && event.submitter?.name !== 'lang') {
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

  // Input methods for Chinese write digits and signs as wide as their own characters.
  const narrow = text => text.replace(/\u3000/g, ' ').replace(/[\uff01-\uff5e]/g, wide => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

  // A card is typed, pasted or filled in by the browser, with any signs between its digits. What is typed in the middle, or is not yet decided by an input method,
  // is left as it is until the field is left, so that the caret does not jump.
  const tidied = (field, tidy) => {
    field?.addEventListener('input', event => tidy(field, event.isComposing || event.inputType?.startsWith('delete') || field.selectionStart !== field.value.length));
    field?.addEventListener('change', () => tidy(field, false));
  };

  const brand = document.getElementById('card_brand');
  const brands = JSON.parse(brand?.dataset.brands ?? '[]');
  tidied(document.getElementById('card_number'), (field, isEditing) => {
    const digits = narrow(field.value).replace(/\D/g, '').slice(0, 19);
    const name = brands.find(([, numbers]) => RegExp(numbers).test(digits))?.[0] ?? '';
    if (brand.textContent !== name) brand.textContent = name;
    if (!isEditing) field.value = (/^3[47]/.test(digits) ? digits.match(/^\d{1,4}|\d{1,6}/g) : digits.match(/\d{1,4}/g))?.join(' ') ?? '';
  });

  // "12", "1/", "12 / 3", "12-30" and "1230" become month, slash and year; "2030-12", which some browsers fill in, is turned round.
  const sign = '[-/.,|\\\\·\\u2010-\\u2015\\u2044\\u2212\\u2215\\u30fc]';
  const yearFirst = RegExp(`^\\s*20(\\d\\d)\\s*${sign}\\s*(0[1-9]|1[0-2])\\s*$`);
  const monthFirst = RegExp(`^\\s*(0[1-9]|1[0-2]|[1-9](?=\\s*${sign}))(?:\\s|${sign})*(\\d{0,4})\\s*$`);
  tidied(document.getElementById('card_expiry'), (field, isEditing) => {
    if (isEditing) return;
    const typed = narrow(field.value);
    const [, ofYear, thenMonth] = typed.match(yearFirst) ?? [];
    const [, month, year] = typed.match(monthFirst) ?? [];
    if (thenMonth) field.value = `${thenMonth}/${ofYear}`;
    else if (month) field.value = `${month.padStart(2, '0')}/${year}`;
  });

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  // While a bank decides, look every few seconds whether the page would be another one, for as long as a QR code is good. Without a connection the page says so,
  // and goes on when there is one again.
  const waiting = document.querySelector('[data-wait]');
  if (waiting) {
    const address = location.pathname + waiting.dataset.wait;
    const connection = document.querySelector('[data-offline]');
    const tell = isOffline => {
      const text = isOffline ? connection.dataset.offline : '';
      if (connection.textContent !== text) connection.textContent = text;
    };
    let looksLeft = 900;
    let isLooking = false;
    let next = 0;
    const look = async () => {
      if (isLooking) return;
      isLooking = true;
      clearTimeout(next);
      if (!document.hidden) {
        looksLeft--;
        try {
          const answer = await fetch(address, { headers: { accept: 'text/html' }, cache: 'no-store', signal: AbortSignal.timeout(10000) });
          const page = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html');
          const state = page && page.querySelector('main')?.dataset.state;
          tell(false);
          if (state && state !== main.dataset.state) {
            location.replace(address);
            return;
          }
        } catch {
          // No connection just now: look again later.
          tell(true);
        }
      }

      isLooking = false;
      if (looksLeft > 0) next = setTimeout(look, 4000);
    };
    next = setTimeout(look, 4000);
    tell(!navigator.onLine);
    addEventListener('offline', () => tell(true));
    addEventListener('online', look);

    // How long a code is still good: shown each second, and read out at a few moments only. The seconds are the server's, so a clock that is wrong does no harm.
    const left = document.querySelector('[data-seconds]');
    if (left) {
      const end = Date.now() + left.dataset.seconds * 1000;
      const [shown, said] = left.children;
      let told = Infinity;
      const count = () => {
        const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
        if (seconds === 0) {
          location.replace(address);
          return;
        }

        const minutes = Math.ceil(seconds / 60);
        const [hours, ...rest] = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(Math.floor);
        shown.textContent = [...(hours > 0 ? [hours] : []), ...rest].map((part, index) => index > 0 ? String(part).padStart(2, '0') : part).join(':');
        const step = [1, 5, 10].find(each => minutes <= each) ?? Infinity;
        if (step < told) {
          told = step;
          said.textContent = step === 1 ? left.dataset.one : left.dataset.many.replace('{minutes}', step);
        }

        setTimeout(count, 1000);
      };
      count();
    }
  }
})();
