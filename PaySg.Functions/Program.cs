using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PaySg.Functions;

// The worker of the deployed app. PaySg.LocalHost runs the same functions without it.
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddPaySg(builder.Configuration);
await builder.Build().RunAsync();
