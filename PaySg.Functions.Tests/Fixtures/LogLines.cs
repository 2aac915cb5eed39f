using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Keeps what is logged, with the scopes it was logged in.</summary>
public sealed class LogLines : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<LogLine> lines = new();
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public IReadOnlyList<LogLine> All => [.. lines];

    public IReadOnlyList<LogLine> Of(int eventId) => [.. lines.Where(line => line.EventId == eventId)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(LogLines owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.lines.Enqueue(new LogLine(category, logLevel, eventId.Id, formatter(state, exception), exception, ValuesOf(state)));

        private static Dictionary<string, string> ValuesOf<TState>(TState state) =>
            state is IReadOnlyList<KeyValuePair<string, object?>> values
                ? values.ToDictionary(value => value.Key, value => $"{value.Value}", StringComparer.Ordinal)
                : [];

    }
}
