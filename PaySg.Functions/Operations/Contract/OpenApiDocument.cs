using System.Text.Json.Nodes;

namespace PaySg.Functions.Operations.Contract;

/// <summary>
/// The OpenAPI document of all routes, from this assembly, with this installation as its server. It is printed and compressed once, when it is
/// asked for the first time.
/// </summary>
internal sealed class OpenApiDocument
{
    private const string Resource = "PaySg.Functions.Operations.Contract.openapi.json";
    private readonly CompressedFile file;

    public OpenApiDocument(PaySgSettings settings)
    {
        using var stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream(Resource)!;
        var document = JsonNode.Parse(stream)!;
        document["servers"]![0]!["url"] = settings.PublicBaseUrl;
        file = new CompressedFile(JsonText.Write(json => document.WriteTo(json)), "application/json; charset=utf-8");
    }

    /// <summary>200 and the document in a coding that the client takes, or 304 where the client has it.</summary>
    public ApiAnswer Answer(HttpRequest request) => file.Answer(request);
}
