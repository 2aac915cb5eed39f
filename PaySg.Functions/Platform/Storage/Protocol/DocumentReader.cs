using Azure;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>Reads a row's document. Its bytes are gone afterwards.</summary>
/// <param name="document">The document; empty: the row has none.</param>
/// <param name="version">The row's version, which a change must name.</param>
internal delegate T DocumentReader<out T>(ReadOnlySpan<byte> document, ETag version);
