using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Markup;
using PaySg.LocalHost.Demo;

namespace PaySg.LocalHost.SignIn;

/// <summary>
/// Imitates the paths of App Service authentication: <c>/.auth/login/aad</c> asks who a developer wants to be, <c>/.auth/me</c> says who that is, and
/// <c>/.auth/logout</c> forgets it. LocalHost alone has it; nobody proves anything.
/// </summary>
internal sealed class SignInPages(LocalPage page)
{
    private const string LogIn = "/.auth/login/aad";
    private const string AfterLogIn = "post_login_redirect_uri";
    private const string AfterLogOut = "post_logout_redirect_uri";

    /// <summary>Maps the three paths.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(LogIn, LogInAsync);
        endpoints.MapGet("/.auth/logout", LogOut);
        endpoints.MapGet("/.auth/me", MeAsync);
    }

    private Task LogInAsync(HttpContext context)
    {
        var back = LocalPath(context.Request.Query[AfterLogIn]);
        if (DemoPerson.Find(context.Request.Query["person"]) is { } chosen)
        {
            context.Response.Cookies.Append(PlatformHeaders.Cookie, chosen.Key, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/" });
            context.Response.Redirect(back);
            return Task.CompletedTask;
        }

        return page.WriteAsync(context, "Sign in", Html.Of($"""
            <h1>Who do you want to be?</h1>
            <p>On this machine nobody proves who they are. A deployed app leaves this to Microsoft Entra ID.</p>
            <dl>
            {Html.Join(DemoPerson.All.Select(person => Html.Of($"""
                <div><dt><a href="{LogIn}?person={person.Key}&amp;{AfterLogIn}={Uri.EscapeDataString(back)}">{person.Name}</a></dt><dd>{RoleOf(person)}</dd></div>
                """)))}
            </dl>
            """));
    }

    private static void LogOut(HttpContext context)
    {
        context.Response.Cookies.Delete(PlatformHeaders.Cookie);
        context.Response.Redirect(LocalPath(context.Request.Query[AfterLogOut]));
    }

    private static Task MeAsync(HttpContext context)
    {
        var person = DemoPerson.Find(context.Request.Cookies[PlatformHeaders.Cookie]);
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(
            JsonSerializer.Serialize(person is null ? [] : new[] { new { provider_name = "aad", user_id = person.Email } }), context.RequestAborted);
    }

    private static string RoleOf(DemoPerson person) => person.Permissions == Permission.None
        ? "is no member of any payment service"
        : $"may: {string.Join(", ", PermissionNames.Of(person.Permissions))}";

    /// <summary>The path where it is one of ours; else the dashboard.</summary>
    private static string LocalPath(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) ? path : "/dashboard";
}
