using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using PaySg.Functions;
using PaySg.Functions.Diagnostics;

// The worker of the deployed app. PaySg.LocalHost runs the same functions without it.
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddPaySg(builder.Configuration);

// host.json sets telemetryMode, so host and worker speak OpenTelemetry and their traces join.
var telemetry = builder.Services.AddOpenTelemetry()
    .UseFunctionsWorkerDefaults()
    .WithTracing(tracing => tracing.AddSource(Tracing.SourceName))
    .WithMetrics(metrics => metrics.AddMeter(WebhookMetrics.MeterName));
if (!string.IsNullOrEmpty(builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"]))
{
    // The component takes telemetry from the app's identity alone; AZURE_CLIENT_ID says which that is.
    telemetry.UseAzureMonitorExporter(exporter => exporter.Credential = new DefaultAzureCredential());
}

await builder.Build().RunAsync();
