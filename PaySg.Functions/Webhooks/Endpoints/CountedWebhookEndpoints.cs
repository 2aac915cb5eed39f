namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>An owner's endpoints as they were read together with the row that counts them.</summary>
/// <param name="Endpoints">All of them, newest first.</param>
/// <param name="CountRow">The row that counts them; null: there was never one.</param>
internal sealed record CountedWebhookEndpoints(IReadOnlyList<StoredWebhookEndpoint> Endpoints, TableEntity? CountRow)
{
    /// <summary>How many endpoints of an owner may have one URL: to change over, and to try out, takes a second.</summary>
    public const int OfOneUrl = 3;

    /// <summary>How many there are.</summary>
    public int Count => WebhookEndpointRows.ReadCount(CountRow);

    /// <summary>Lets a URL be given to one endpoint more.</summary>
    /// <exception cref="ApiException">402: as many as may be have it.</exception>
    public void ThrowIfShared(string url)
    {
        var normal = WebhookUrl.Normalise(url);
        if (Endpoints.Count(stored => WebhookUrl.Normalise(stored.Endpoint.Url) == normal) >= OfOneUrl)
            throw ApiErrors.TooManyEndpointsOfUrl(OfOneUrl);
    }
}
