namespace PaySg.Functions.Tests.Docs.Examples;

/// <summary>A text of a <c>.http</c> file, and on which line it stands.</summary>
internal sealed record HttpFileLine(int Number, string Text);
