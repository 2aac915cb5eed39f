// Parses and analyzes KQL queries, a file with a JSON array of texts, by Kusto's own language service, against the columns that a Log Analytics
// workspace gives to the tables of Application Insights. Prints, for each query, what is wrong with it.
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');
const [root, file] = process.argv.slice(2);
const folder = path.resolve(root, 'node_modules/@kusto/language-service-next');

// Scripts for browsers: they leave their names behind in the global object.
for (const script of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) vm.runInThisContext(fs.readFileSync(path.join(folder, script), 'utf8'), { filename: script });
const { Language } = globalThis.Kusto;
const { Symbols } = Language;

const common = 'TimeGenerated: datetime, OperationId: string, OperationName: string, ParentId: string, Properties: dynamic, AppRoleName: string, ItemCount: int, Type: string, _ResourceId: string';
const tables = {
  AppTraces: 'Message: string, SeverityLevel: int',
  AppExceptions: 'ProblemId: string, ExceptionType: string, OuterType: string, OuterMessage: string, InnermostType: string, InnermostMessage: string, SeverityLevel: int, Details: dynamic',
  AppRequests: 'Id: string, Name: string, Url: string, Source: string, Success: bool, ResultCode: string, DurationMs: real',
  AppDependencies: 'Id: string, Name: string, Target: string, DependencyType: string, Data: string, Success: bool, ResultCode: string, DurationMs: real',
  AppMetrics: 'Name: string, Sum: real, Min: real, Max: real',
};
const symbols = Object.entries(tables).map(([name, columns]) => Symbols.TableSymbol.From(`(${common}, ${columns})`).WithName(name));
const workspace = new Symbols.DatabaseSymbol.ctor('workspace', symbols);
const globals = Language.GlobalState.Default.WithDatabase(workspace);

const errorsOf = query => {
  const found = Language.KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
  return Array.from({ length: found.Count }, (_, index) => found.getItem(index)).map(each => `${each.Severity}: ${each.Message}`);
};
process.stdout.write(JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8')).map(errorsOf)));
