using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function by an HTTP request.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Any method; the host's default level.</summary>
    public HttpTriggerAttribute()
    {
    }

    /// <summary>The named methods; the host's default level.</summary>
    public HttpTriggerAttribute(params string[] methods) => Methods = methods;

    /// <summary>Any method at the given level.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    /// <summary>The named methods at the given level.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route template, without the host's prefix; null: the function's name.</summary>
    public string? Route { get; set; }

    /// <summary>The HTTP methods; null: all.</summary>
    public string[]? Methods { get; private set; }

    /// <summary>What a caller must present.</summary>
    public AuthorizationLevel AuthLevel { get; set; }
}
