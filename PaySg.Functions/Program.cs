using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using PaySg.Functions;
using PaySg.Functions.Configuration;
using PaySg.Functions.Diagnostics;

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

// host.json sets telemetryMode, so host and worker speak OpenTelemetry and their traces join.
var telemetry = builder.Services.AddOpenTelemetry()
    .UseFunctionsWorkerDefaults()
    .WithTracing(tracing => tracing.AddSource(Tracing.SourceName))
    .WithMetrics(metrics => metrics.AddMeter(WebhookMetrics.MeterName, PageMetrics.MeterName));
if (!string.IsNullOrEmpty(builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"]))
{
    telemetry.UseAzureMonitorExporter(exporter =>
    {
        // The component takes telemetry from the app's identity alone; AZURE_CLIENT_ID says which that is.
        exporter.Credential = new DefaultAzureCredential();

        // Every trace and every line: the default keeps five traces a second and drops the lines of all others, those that alerts wait for too.
        exporter.SamplingRatio = 1.0F;
        exporter.TracesPerSecond = null;
        exporter.EnableTraceBasedLogsSampler = false;
    });

    // The ids of a step reach its lines as a scope, and the exporter leaves scopes out unless it is told.
    builder.Services.Configure<OpenTelemetryLoggerOptions>(logging => logging.IncludeScopes = true);
}

await builder.Build().RunAsync();
return 0;
