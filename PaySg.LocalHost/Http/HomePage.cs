using Microsoft.AspNetCore.Http;
using PaySg.LocalHost.Settings;

namespace PaySg.LocalHost.Http;

/// <summary>What the host answers at the root when no function does.</summary>
internal static class HomePage
{
    private const string Html = "<!DOCTYPE html><html lang=\"en\"><head><title>Functions host</title></head><body><p>The Functions host is running.</p></body></html>";

    /// <summary>Writes the page, or a 204 where a setting turns it off.</summary>
    public static Task WriteAsync(HttpResponse response, AppSettings settings)
    {
        if (settings.IsOn("AzureWebJobsDisableHomepage"))
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        response.ContentType = "text/html";
        return response.WriteAsync(Html);
    }
}
