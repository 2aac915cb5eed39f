using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace PaySg.Functions.Platform.Diagnostics;

/// <summary>What the worker tells of itself: traces, lines and figures, to Application Insights where it is there.</summary>
internal static class Telemetry
{
    /// <summary>Registers it. host.json sets telemetryMode, so host and worker speak OpenTelemetry and their traces join.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            // Processors run in the order of their registration: this one before the exporter.
            .WithTracing(tracing => tracing.AddSource(Tracing.SourceName).AddProcessor(new ExpectedOutcomes()))
            .WithMetrics(metrics => metrics.AddMeter(WebhookMetrics.MeterName, PageMetrics.MeterName, BackupMetrics.MeterName));
        if (string.IsNullOrEmpty(configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"]))
            return services;

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
        return services.Configure<OpenTelemetryLoggerOptions>(logging => logging.IncludeScopes = true);
    }
}
