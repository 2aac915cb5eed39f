// Draws the document that the page names. What is typed here stays in the page: no key is kept.
const root = document.getElementById('api');
const { document: url, apiKey } = root.dataset;
const browser = SwaggerUIBundle({
  url,
  domNode: root,
  deepLinking: true,
  docExpansion: 'list',
  displayRequestDuration: true,
  filter: true,
  showExtensions: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  validatorUrl: null,
  // On a laptop the key is known to everybody, and filled in.
  onComplete: () => apiKey && browser.preauthorizeApiKey('apiKey', apiKey),
});
