// Parses Bicep files with the grammar of tree-sitter-bicep and prints, for each, its syntax errors and what the tests compare:
// the texts of arrays that are named by a variable, and the names of parameters, of properties and of what modules are given.
const fs = require('node:fs');
const path = require('node:path');
const [root, ...files] = process.argv.slice(2);
const { Parser, Language } = require('node:module').createRequire(path.resolve(root, 'package.json'))('web-tree-sitter');

const text = node => node.text.replace(/^'+|'+$/g, '');
const named = node => Array.from({ length: node.namedChildCount }, (_, i) => node.namedChild(i));

function read(source, parser) {
  const tree = parser.parse(source);
  const found = { errors: [], arrays: {}, properties: [], parameters: {}, modules: {}, strings: [] };
  const visit = node => {
    if (node.isError || node.isMissing) found.errors.push(`line ${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`);
    if (node.type === 'string') found.strings.push(text(node));
    if (node.type === 'object_property') found.properties.push(text(node.namedChild(0)));
    if (node.type === 'variable_declaration') {
      const array = named(node).find(child => child.type === 'array');
      if (array) found.arrays[text(node.namedChild(0))] = named(array).map(text);
    }
    if (node.type === 'parameter_declaration') found.parameters[text(node.namedChild(0))] = /=/.test(node.text);
    if (node.type === 'module_declaration') {
      const file = named(node).find(child => child.type === 'string');
      const given = [];
      const collect = child => {
        if (child.type === 'object_property' && text(child.namedChild(0)) === 'params') {
          given.push(...named(child.namedChild(1)).filter(entry => entry.type === 'object_property').map(entry => text(entry.namedChild(0))));
        } else {
          named(child).forEach(collect);
        }
      };
      collect(node);
      found.modules[text(file)] = given;
    }
    for (let i = 0; i < node.childCount; i++) visit(node.child(i));
  };
  visit(tree.rootNode);
  return found;
}

(async () => {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(path.join(root, 'node_modules', 'tree-sitter-bicep', 'tree-sitter-bicep.wasm')));
  process.stdout.write(JSON.stringify(Object.fromEntries(files.map(file => [file, read(fs.readFileSync(file, 'utf8'), parser)]))));
})();
