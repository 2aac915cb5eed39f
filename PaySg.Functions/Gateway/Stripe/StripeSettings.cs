namespace PaySg.Functions.Gateway.Stripe;

/// <summary>The account at Stripe that payers are charged by.</summary>
internal sealed record StripeSettings
{
    private const string KeyName = "PaySg__Stripe__SecretKey";
    private const string SecretName = "PaySg__Stripe__WebhookSecret";
    private const string PreviousName = "PaySg__Stripe__PreviousWebhookSecret";
    private const string BaseName = "PaySg__Stripe__ApiBase";

    /// <summary><c>PaySg__Stripe__SecretKey</c>: a secret or a restricted key, <c>sk_</c> or <c>rk_</c>.</summary>
    public required string SecretKey { get; init; }

    /// <summary><c>PaySg__Stripe__WebhookSecret</c>, and <c>PaySg__Stripe__PreviousWebhookSecret</c> if there is one: what notices are signed with.</summary>
    public required IReadOnlyList<string> WebhookSecrets { get; init; }

    /// <summary><c>PaySg__Stripe__ApiBase</c>: another address of Stripe's API, for tests; null: Stripe's own.</summary>
    public string? ApiBase { get; init; }

    /// <summary>Whether real money moves.</summary>
    public required bool IsLive { get; init; }

    /// <summary>The settings; null: Stripe is not used. No message holds a part of a secret.</summary>
    internal static StripeSettings? Read(SettingsReader settings, PaySgMode mode)
    {
        var key = settings.Text(KeyName);
        if (key is null)
        {
            if (mode == PaySgMode.Live)
                settings.Refuse($"{KeyName}: is missing. Live mode needs a gateway that moves real money. Set it to the secret key of your Stripe account, or {nameof(PaySg)}__Mode to test.");

            foreach (var name in (string[])[SecretName, PreviousName, BaseName])
            {
                if (settings.Text(name) is not null)
                    settings.Refuse($"{name}: is set, and {KeyName} is not. Set both or neither.");
            }

            return null;
        }

        CheckKey(settings, key, mode);
        return new StripeSettings
        {
            SecretKey = key,
            WebhookSecrets = [.. Secrets(settings)],
            ApiBase = ReadBase(settings, mode),
            IsLive = mode == PaySgMode.Live,
        };
    }

    private static void CheckKey(SettingsReader settings, string key, PaySgMode mode)
    {
        var (expected, other) = mode == PaySgMode.Live ? ("_live_", "_test_") : ("_test_", "_live_");
        if (key.Any(char.IsWhiteSpace))
        {
            settings.Refuse($"{KeyName}: holds a blank. Copy the key once more, without anything around it.");
        }
        else if (key.StartsWith("pk_", StringComparison.Ordinal))
        {
            settings.Refuse($"{KeyName}: is a publishable key (pk_), which can charge nobody. Set it to the secret key, sk_{expected[1..]}… or rk_{expected[1..]}….");
        }
        else if (!key.StartsWith("sk_", StringComparison.Ordinal) && !key.StartsWith("rk_", StringComparison.Ordinal))
        {
            settings.Refuse($"{KeyName}: is not a secret key of Stripe. It begins with sk_{expected[1..]} or rk_{expected[1..]}.");
        }
        else if (key[2..].StartsWith(other, StringComparison.Ordinal))
        {
            settings.Refuse($"{KeyName}: is a key of Stripe's {(mode == PaySgMode.Live ? "test" : "live")} mode, and PaySg__Mode is {(mode == PaySgMode.Live ? "live" : "test")}. Both must be the same.");
        }
        else if (!key[2..].StartsWith(expected, StringComparison.Ordinal) || key.Length <= 2 + expected.Length || !key.All(IsOfKey))
        {
            settings.Refuse($"{KeyName}: is not a secret key of Stripe. It begins with sk_{expected[1..]} or rk_{expected[1..]}, and goes on with letters and digits.");
        }
    }

    private static IEnumerable<string> Secrets(SettingsReader settings)
    {
        if (settings.Text(SecretName) is null)
            settings.Refuse($"{SecretName}: is missing. Set it to the signing secret of the webhook endpoint that you made at Stripe, whsec_….");

        foreach (var name in (string[])[SecretName, PreviousName])
        {
            if (settings.Text(name) is not { } secret)
                continue;

            const string Prefix = "whsec_";
            if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length == Prefix.Length || !secret.All(IsOfSecret))
                settings.Refuse($"{name}: is not the signing secret of a webhook endpoint. It begins with whsec_, and holds no blank.");

            yield return secret;
        }
    }

    private static string? ReadBase(SettingsReader settings, PaySgMode mode)
    {
        if (settings.Text(BaseName) is not { } text)
            return null;

        if (mode == PaySgMode.Live)
        {
            settings.Refuse($"{BaseName}: is for tests. Live mode talks to Stripe alone: remove it.");
        }
        else if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !url.IsLoopback || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/" || url.Fragment.Length > 0)
        {
            settings.Refuse($"{BaseName}: '{text}' is not an address of this machine, such as http://127.0.0.1:12111.");
        }

        return text.TrimEnd('/');
    }

    private static bool IsOfKey(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    private static bool IsOfSecret(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '+' or '/' or '=' or '-';

    /// <summary>Secrets never print themselves.</summary>
    public override string ToString() => IsLive ? "Stripe, live" : "Stripe, test";
}
