using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PaySg.Functions.Tests.LocalHost;

/// <summary>Keeps the log for a look at it.</summary>
internal sealed class ListLogger : ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public ILoggerFactory AsFactory() => new Factory(this);

    /// <summary>All of it, in order.</summary>
    public IReadOnlyCollection<string> Lines => lines;

    public bool Has(string part) => lines.Any(line => line.Contains(part, StringComparison.Ordinal));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception?.Message}");

    private sealed class Factory(ListLogger log) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
