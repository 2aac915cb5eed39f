using Microsoft.Extensions.Logging;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>One line of the log.</summary>
/// <param name="Category">The logger's name.</param>
/// <param name="Level">The level.</param>
/// <param name="EventId">The constant id of the message.</param>
/// <param name="Message">The message.</param>
/// <param name="Exception">The exception; null: none.</param>
/// <param name="Values">The named values of the message.</param>
public sealed record LogLine(
    string Category, LogLevel Level, int EventId, string Message, Exception? Exception, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>A value of the message.</summary>
    public string this[string name] => Values[name];
}
