// Holds JSON against schemas of an OpenAPI 3.1 document by Ajv. Asked on its standard input, a line of JSON for each question:
// { id, at: the parts of the way to the schema, json: the text, closed: whether a member that no schema names is an error }.
// Answers a line each: { id, errors: [text] }. It ends when its input ends.
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const [root, file] = process.argv.slice(2);
const load = require('node:module').createRequire(path.resolve(root, 'package.json'));
const Ajv = load('ajv/dist/2020').default;
const addFormats = load('ajv-formats').default;

const api = JSON.parse(fs.readFileSync(file, 'utf8'));
const ajv = addFormats(new Ajv({ allErrors: true, strictTypes: false, strictRequired: false }));
// ajv-formats lacks it: as its "email", with letters beyond ASCII.
ajv.addFormat('idn-email', /^[^@\s."(),:;<>[\]\\]+(\.[^@\s."(),:;<>[\]\\]+)*@([^@\s.]+\.)+[^@\s.]+$/u);

const follow = node => node && node.$ref ? follow(node.$ref.slice(2).split('/').reduce((at, part) => at[part.replace(/~1/g, '/').replace(/~0/g, '~')], api)) : node;
const find = parts => parts.reduce((node, part) => follow(node)?.[part], api);

// A copy without references. Closed: what is neither named nor allowed by "additionalProperties" is an error, also below; the parts of
// an "allOf" see only their own members, so it is the whole that is closed.
function copy(schema, closed, isPart) {
  if (Array.isArray(schema)) return schema.map(each => copy(each, closed, false));
  if (schema === null || typeof schema !== 'object') return schema;
  const { $ref, ...own } = schema;
  const result = $ref ? copy(follow(schema), closed, isPart) : {};
  for (const [key, value] of Object.entries(own)) {
    if (key === 'properties' || key === 'patternProperties') {
      result[key] = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copy(each, closed, false)]));
    } else if (key === 'allOf') {
      result[key] = value.map(each => copy(each, closed, true));
    } else {
      result[key] = ['items', 'additionalProperties', 'oneOf', 'anyOf', 'not'].includes(key) ? copy(value, closed, false) : value;
    }
  }
  if (closed && !isPart && (result.properties || result.allOf) && result.additionalProperties === undefined) result.unevaluatedProperties = false;
  return result;
}

const compiled = new Map();
function validatorOf(at, closed) {
  const key = JSON.stringify([at, closed]);
  if (!compiled.has(key)) {
    const schema = find(at);
    if (!schema) throw new Error(`There is no schema at ${at.join(' > ')}`);
    compiled.set(key, ajv.compile(copy(schema, closed, false)));
  }
  return compiled.get(key);
}

function check({ at, json, closed }) {
  let value;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return [`it is no JSON: ${error.message}`];
  }
  const validate = validatorOf(at, closed);
  return validate(value) ? [] : validate.errors.map(error => `${error.instancePath || 'it'} ${error.message} ${JSON.stringify(error.params)}`);
}

readline.createInterface({ input: process.stdin }).on('line', line => {
  const question = JSON.parse(line);
  let errors;
  try {
    errors = check(question);
  } catch (error) {
    errors = [error.message];
  }
  process.stdout.write(`${JSON.stringify({ id: question.id, errors })}\n`);
});
