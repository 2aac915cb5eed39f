export default {
  client: { input: './openapi.json', output: { target: './orval/client.ts', client: 'fetch', mode: 'single' } },
  zod: { input: './openapi.json', output: { target: './orval/zod.ts', client: 'zod', mode: 'single', override: { zod: { dateTimeOptions: { offset: true } } } } },
};
