using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PaySg.Functions.Pages;
using PaySg.Functions.Platform.Errors;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>
/// The pages of errors, of payments and of payment links. What brings them about is tested without a browser; here the product prints each one, and the browser
/// shows it in place of an answer.
/// </summary>
internal static class ErrorPageStates
{
    private static readonly IReadOnlyList<(string Name, ApiError Error)> Errors =
    [
        ("error-locked-for-hours", ApiErrors.TooManyAttempts(7200).Error),
        ("error-locked-for-an-hour", ApiErrors.TooManyAttempts(60).Error),
        ("error-many-are-paying", ApiErrors.TooManyAttemptsAtOnce(5).Error),
        ("error-guessing", ApiErrors.TooManyUnknownAddresses(5).Error),
        ("error-too-late", ApiErrors.ChargedTooLate().Error),
        ("error-out-of-date", ApiErrors.AttemptNotFound().Error),
        ("error-other-site", ApiErrors.CrossSiteForm().Error),
        ("error-method", ApiErrors.MethodNotAllowed("GET").Error),
        ("error-too-large", ApiErrors.BodyTooLarge(65_536).Error),
        ("error-unread", ApiErrors.UnsupportedMediaType().Error),
        ("error-not-found", ApiErrors.PaymentNotFound().Error),
        ("error-of-ours", ApiErrors.Internal()),
    ];

    public static IReadOnlyList<PageState> All { get; } =
    [
        .. Errors.Select(each => Of(each.Name, "/payments/", each.Error)),
        .. Errors.Select(each => Of($"link-{each.Name}", "/b2b/", each.Error)),
    ];

    private static PageState Of(string name, string folder, ApiError error) => new(name, async (browser, window) =>
    {
        var path = folder + name;
        await window.Page.RouteAsync($"**{path}*", async route =>
        {
            var cookies = await window.Page.Context.CookiesAsync();
            var request = new DefaultHttpContext().Request;
            request.Path = path;
            request.Headers.Cookie = string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}"));
            var answer = browser.App.Services.GetRequiredService<PageAnswers>().ErrorFor(request)(error, "req_9e9ceb926e3e83b7c3519aeb");
            await route.FulfillAsync(new RouteFulfillOptions { Status = answer.Status, ContentType = answer.ContentType, BodyBytes = answer.Body.ToArray() });
        });
        await window.Page.GotoAsync(path);
        window.Forgive();
    })
    {
        IsOnSheetsOnly = true,
    };
}
