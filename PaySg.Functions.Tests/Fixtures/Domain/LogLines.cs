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

    private Dictionary<string, string> PropertiesOf<TState>(TState state)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(state, properties);
        scopes.ForEachScope(Add, properties);
        return properties;
    }

    private static void Add(object? named, Dictionary<string, string> properties)
    {
        foreach (var (name, value) in named as IEnumerable<KeyValuePair<string, object?>> ?? [])
            properties.TryAdd(name, value?.ToString() ?? "");
    }

    private sealed class Logger(LogLines owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            // Others' lines may have no text.
            owner.lines.Enqueue(new LogLine(category, logLevel, eventId.Id, formatter(state, exception) ?? "", exception, owner.PropertiesOf(state)));
    }
}
