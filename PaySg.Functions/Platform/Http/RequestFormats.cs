namespace PaySg.Functions.Platform.Http;

/// <summary>Texts of a certain form among a request's fields.</summary>
internal static class RequestFormats
{
    /// <summary>An e-mail address, or null.</summary>
    public static string? OptionalEmail(this RequestFields fields, string name, int maxLength)
    {
        var text = fields.OptionalText(name, maxLength);
        if (text is null)
            return null;

        return EmailAddress.IsValid(text) ? text : fields.Wrong(name, "must be an e-mail address, such as payer@example.com.");
    }

    /// <summary>A text that becomes part of a Singapay webhook (<see cref="SignedText"/>), or null.</summary>
    public static string? OptionalSignedText(this RequestFields fields, string name, int maxLength)
    {
        var text = fields.OptionalText(name, maxLength);
        return text is not null && SignedText.FaultIn(text) is { } fault ? fields.Wrong(name, $"must not hold {fault}") : text;
    }

    /// <summary>An https URL of another machine, or null.</summary>
    /// <param name="maxLength">The longest.</param>
    /// <param name="takesLocalPage">Whether a developer's own page (<see cref="RequestUrl.IsLocalPage"/>) is taken too.</param>
    public static string? OptionalHttpsUrl(this RequestFields fields, string name, int maxLength, bool takesLocalPage = false)
    {
        var text = fields.OptionalText(name, maxLength);
        if (text is null)
            return null;

        if (RequestUrl.Read(text, out var why) is { } url)
        {
            if (takesLocalPage && url.UserInfo.Length == 0 && RequestUrl.IsLocalPage(url))
                return text;

            why = url.Scheme != Uri.UriSchemeHttps ? "it does not begin with https://, written out in full."
                : url.UserInfo.Length > 0 ? "it has a user name, or an @ in its host."
                : RequestUrl.IsThisMachine(url) ? "its host is this machine."
                : null;
        }

        return why is null
            ? text
            : fields.Wrong(name, $"must be a valid HTTPS URL, not one of this machine, such as https://eservice.agency.gov.sg/done: {why}");
    }

    /// <summary>
    /// A percentage from 0 to 100 as hundredths of a percent, or null: a JSON number of at most two decimals, read digit by digit and never
    /// as floating point.
    /// </summary>
    public static int? OptionalPercent(this RequestFields fields, string name)
    {
        if (fields.OptionalNumber(name) is not { } number)
            return null;

        if (ExactNumber.WholeOf(number, shift: 2) is { } hundredths and >= 0 and <= 100_00)
            return (int)hundredths;

        fields.Wrong(name, "must be a number from 0 to 100 with at most two decimals, such as 9 or 9.25.");
        return null;
    }
}
