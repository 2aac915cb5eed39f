using Microsoft.Extensions.Logging;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>One line of the log.</summary>
public sealed record LogLine(string Category, LogLevel Level, int EventId, string Message, Exception? Exception);
