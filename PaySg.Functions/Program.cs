using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PaySg.Functions;

// The worker of the deployed app. PaySg.LocalHost runs the same functions without it.
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
try
{
    builder.Services.AddPaySg(builder.Configuration);
}
catch (PaySgConfigurationException wrong)
{
    // The host starts a worker that ends three times and then stops, so what the log holds must say why.
    return StartUpRefusal.Print(wrong, Console.Error);
}

builder.Services.AddTelemetry(builder.Configuration);

await builder.Build().RunAsync();
return 0;
