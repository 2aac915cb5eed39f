using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>What an officer has asked the list for, as it was typed: fields that are empty ask for nothing.</summary>
internal sealed class PaymentListForm
{
    private const string Amount = "amount";
    private const string AmountParameter = "amount_in_cents";
    private const string NoDay = "Enter a day that there is, such as 2026-01-15.";

    private static readonly string[] Fields = [.. PaymentFilterReader.Parameters.Where(static name => name != AmountParameter), Amount];
    private static readonly (string Value, string Text)[] Statuses = [.. Enum.GetValues<PaymentStatus>().Select(status => (status.Name(), StatusWords.Of(status)))];
    private static readonly (string Value, string Text)[] Refunds = [.. Enum.GetValues<RefundProgress>().Select(progress => (progress.Name(), StatusWords.Of(progress)))];

    private readonly Dictionary<string, string> typed;
    private readonly List<FieldError> errors = [];

    public PaymentListForm(IQueryCollection query)
    {
        typed = query.Where(pair => pair.Value.ToString().Trim().Length > 0).ToDictionary(pair => pair.Key, pair => pair.Value.ToString().Trim(), StringComparer.OrdinalIgnoreCase);
        errors.AddRange(ListAddress.Check(query, Fields, ListAddress.After));
        var asked = typed.Where(pair => pair.Key != Amount && errors.TrueForAll(error => error.Field != pair.Key)).ToDictionary(pair => pair.Key, pair => new StringValues(pair.Value), StringComparer.OrdinalIgnoreCase);
        if (errors.Count == 0 && typed.TryGetValue(Amount, out var amount))
        {
            if (Dollars.Parse(amount) is { } cents)
            {
                asked[AmountParameter] = cents.ToString(CultureInfo.InvariantCulture);
            }
            else
            {
                errors.Add(new FieldError(Amount, Dollars.Expected));
            }
        }

        var found = new List<FieldError>();
        Filter = PaymentFilterReader.Read(new QueryCollection(asked), found);
        errors.AddRange(found.Select(error => error with { Message = Words(error.Field) ?? error.Message }));
        if (errors.Count == 0 && typed.TryGetValue(ListAddress.After, out var cursor))
        {
            Place = SearchCursor.Parse(cursor, Filter);
            if (Place is null)
                errors.Add(new FieldError("reference_id", "This address belongs to another search. Search again."));
        }
    }

    /// <summary>What is asked for, as far as it could be read.</summary>
    public PaymentFilter Filter { get; }

    /// <summary>Where the page begins; null: at the newest.</summary>
    public string? Place { get; }

    public bool IsWrong => errors.Count > 0;

    /// <summary>The query of the page that begins behind this place.</summary>
    public string QueryAfter(string place) =>
        QueryHelpers.AddQueryString("", typed.Where(pair => !pair.Key.Equals(ListAddress.After, StringComparison.OrdinalIgnoreCase)).Append(new(ListAddress.After, SearchCursor.Of(Filter, place))).ToDictionary(pair => pair.Key, pair => (string?)pair.Value));

    /// <summary>The form, with what was typed and what is wrong with it.</summary>
    public Html Print(string path) => Html.Of($"""
        {FormField.Mistakes("Nothing was searched. Please check:", Shown)}
        <form method="get" action="{path}" class="filters" role="search" aria-label="Payments">
        {Field("reference_id", "Reference", "text")}
        {Field("payer", "Payer’s name or email", "search")}
        {Choice("payment_status", "Status", Statuses)}
        {Choice("refund_status", "Refunds", Refunds)}
        {Field(Amount, "Amount in S$", "text")}
        {Field("created_from", "Created from", "date")}
        {Field("created_to", "Created until", "date")}
        {Field("paid_from", "Paid from", "date")}
        {Field("paid_to", "Paid until", "date")}
        <p class="actions"><button class="button" type="submit">Search</button> <a class="quiet" href="{path}">Clear</a></p>
        </form>
        """);

    /// <summary>What is wrong with a field, in the words of the form; null: nothing that the form can bring about.</summary>
    private string? Words(string field) => field switch
    {
        "created_from" when Filter.CreatedFrom is null => NoDay,
        "created_to" when Filter.CreatedTo is null => NoDay,
        "paid_from" when Filter.PaidFrom is null => NoDay,
        "paid_to" when Filter.PaidTo is null => NoDay,
        "reference_id" or "payer" => "Enter 255 characters at most.",
        "payment_status" => "Choose one of the list.",
        "refund_status" when Filter.RefundProgress is null => "Choose one of the list.",
        AmountParameter => "Enter an amount from S$0.01 to S$999,999.99.",
        "refund_status" or "paid_from" => "Only paid payments are refunded or have a day of payment. Choose another status.",
        "paid_to" when Filter.Status is not null and not PaymentStatus.Paid => "Only paid payments have a day of payment. Choose another status.",
        "created_to" or "paid_to" => "The last day must not be before the first, and at most a year after it. Nothing is paid before it is created.",
        _ => null,
    };

    /// <summary>What is wrong, by the names of the form's fields.</summary>
    private IReadOnlyList<FieldError> Shown => [.. errors.Select(error => error.Field == AmountParameter ? error with { Field = Amount } : error)];

    private Html Field(string name, string label, string type) =>
        new FormField(name, label, typed.GetValueOrDefault(name)) { Type = type, IsFilter = true, InputMode = name == Amount ? "decimal" : "" }.Print(Shown);

    private Html Choice(string name, string label, (string Value, string Text)[] options) => new FormField(name, label, typed.GetValueOrDefault(name))
    {
        Choices = [new("", "Any"), .. options.Select(option => new FieldChoice(option.Value, option.Text))],
    }.Print(Shown);
}
