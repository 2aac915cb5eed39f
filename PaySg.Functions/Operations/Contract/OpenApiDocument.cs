using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Json;

namespace PaySg.Functions.Operations.Contract;

/// <summary>
/// The OpenAPI document of all routes, from this assembly, with this installation as its server. It is printed and compressed once, when it is
/// asked for the first time.
/// </summary>
public sealed class OpenApiDocument
{
    private const string Resource = "PaySg.Functions.Operations.Contract.openapi.json";
    private readonly CompressedFile file;

    /// <summary>Reads it.</summary>
    public OpenApiDocument(PaySgSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream(Resource)!;
        var document = JsonNode.Parse(stream)!;
        document["servers"]![0]!["url"] = settings.PublicBaseUrl;
        file = new CompressedFile(JsonText.Write(json => document.WriteTo(json)), "application/json; charset=utf-8");
    }

    /// <summary>200 and the document in a coding that the client takes, or 304 where the client has it.</summary>
    public ApiAnswer Answer(HttpRequest request) => file.Answer(request);
}
