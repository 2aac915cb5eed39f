using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Management.Audit;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Audit;

/// <summary>What an administrator has asked the log for, as it was typed: fields that are empty ask for nothing.</summary>
internal sealed class AuditForm
{
    private readonly Dictionary<string, string> typed;
    private readonly List<FieldError> errors;

    public AuditForm(IQueryCollection query)
    {
        typed = AuditFilterReader.Parameters.Select(name => (name, Text: query[name].ToString().Trim())).Where(static field => field.Text.Length > 0).ToDictionary(static field => field.name, static field => field.Text, StringComparer.Ordinal);
        errors = [.. ListAddress.Check(query, AuditFilterReader.Parameters, ListAddress.After)];
        var found = new List<FieldError>();
        var asked = typed.Where(field => query[field.Key].Count == 1).ToDictionary(static field => field.Key, static field => new StringValues(field.Value), StringComparer.Ordinal);
        Filter = AuditFilterReader.Read(new QueryCollection(asked), found);
        errors.AddRange(found.Select(InWordsOfOfficers));
        var after = query[ListAddress.After];
        if (after.Count > 1 || after.ToString().Length == 0)
            return;

        Place = SortableUuid.IsPrefixed(after, AuditEntry.IdPrefix) ? after.ToString() : null;
        if (Place is null)
            errors.Add(new FieldError(AuditFilterReader.From, "This address is not whole. Search again."));
    }

    /// <summary>What is asked for, as far as it could be read.</summary>
    public AuditFilter Filter { get; }

    /// <summary>The id of the entry that the page begins after; null: it is the first.</summary>
    public string? Place { get; }

    public bool IsWrong => errors.Count > 0;

    /// <summary>The same filter in an address.</summary>
    public string Query => QueryHelpers.AddQueryString("", typed.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));

    /// <summary>The address of the page that begins behind an entry.</summary>
    public string QueryAfter(string id) => QueryHelpers.AddQueryString(Query, ListAddress.After, id);

    /// <summary>The form, with what was typed and what is wrong with it.</summary>
    public Html Print(string path) => Html.Of($"""
        {FormField.Mistakes("Nothing was searched. Please check:", errors)}
        <form method="get" action="{path}" class="filters" role="search" aria-label="Audit log">
        {Field(AuditFilterReader.From, "First day", "date")}
        {Field(AuditFilterReader.To, "Last day", "date")}
        {Field(AuditFilterReader.By, "Who", "search")}
        <p class="actions"><button class="button" type="submit">Show</button> <a class="quiet" href="{path}">Clear</a></p>
        </form>
        """);

    private FieldError InWordsOfOfficers(FieldError error) => error.Field switch
    {
        AuditFilterReader.By => error with { Message = "Enter an email address, a part of one, or the id of a member: at most 254 characters." },
        AuditFilterReader.To when Filter.To is not null => error with { Message = "The last day must not be before the first." },
        _ => error with { Message = "Enter a day that there is, such as 2026-01-15." },
    };

    private Html Field(string name, string label, string type) => new FormField(name, label, typed.GetValueOrDefault(name)) { Type = type, MaxLength = 254, IsFilter = true }.Print(errors);
}
