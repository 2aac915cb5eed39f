namespace PaySg.Functions.Tests.Docs.Examples;

/// <summary>Something in a <c>.http</c> file is not understood, or does not hold.</summary>
internal sealed class HttpFileException(string file, int line, string message) : Exception($"{file}:{line}: {message}");
