using Microsoft.Extensions.Logging;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>One line of the log.</summary>
/// <param name="Category">Who logged it.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="EventId">Its constant event id.</param>
/// <param name="Message">The line, filled in.</param>
/// <param name="Exception">The exception with it.</param>
/// <param name="Properties">What the line and its scopes name, the line first, as an exporter sends it.</param>
public sealed record LogLine(
    string Category, LogLevel Level, int EventId, string Message, Exception? Exception, IReadOnlyDictionary<string, string> Properties);
