// Draws the document that the page names. What is typed here stays in the page: no key is kept.
const root = document.getElementById('api');
SwaggerUIBundle({
  url: root.dataset.document,
  domNode: root,
  deepLinking: true,
  docExpansion: 'list',
  displayRequestDuration: true,
  filter: true,
  showExtensions: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  validatorUrl: null,
});
