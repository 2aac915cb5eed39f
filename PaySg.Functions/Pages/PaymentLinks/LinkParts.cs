using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Languages;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>What the pages of a link and those of an attempt on it have in common.</summary>
internal static class LinkParts
{
    /// <summary>Who is paid: the account, and how to reach it.</summary>
    public static Payee PayeeOf(Account? account)
    {
        string[] support = [ShownText.OneLine(account?.Email), ShownText.OneLine(account?.Phone)];
        return new Payee(ShownText.OneLine(account?.Name) is { Length: > 0 } name ? name : "PaySG", "", [.. support.Where(way => way.Length > 0)]) { LogoPath = account?.LogoPath };
    }

    public static Page Page(Reader reader, Account? account, string state, string title, Html body) => new(reader, title, PayeeOf(account), body)
    {
        State = state,
        Warning = reader.Say.Page.LinkWarning,
    };

    /// <summary>An amount that no line breaks.</summary>
    public static Html Amount(long rupiah) => Html.Of($"""<span class="whole">{Texts.Rupiah(rupiah)}</span>""");

    public static Html Strip(PaymentLink link) => Html.Of($"""
        <p class="strip"><span>{link.Title}</span> <strong>{Amount(link.TotalAmount)}</strong></p>
        """);

    /// <summary>What the amount is made of. A discount is a negative item.</summary>
    public static Html Amounts(Texts say, PaymentLink link, string total) => Html.Of($"""
        <table class="amounts">
        <caption>{say.Facts.Amount}</caption>
        <thead class="unseen"><tr><th scope="col">{say.Facts.Item}</th><th scope="col">{say.Facts.Amount}</th></tr></thead>
        <tbody>
        {Html.Join((link.Items ?? []).Select(item => Html.Of($"""
            <tr><th scope="row">{item.Name}<br><span class="quiet">{Texts.Count(item.Quantity.Value)} × {Texts.Rupiah(item.UnitPrice.Value)}</span></th><td>{Texts.Rupiah(item.Subtotal)}</td></tr>
            """)))}
        <tr class="total"><th scope="row">{total}</th><td>{Texts.Rupiah(link.TotalAmount)}</td></tr>
        </tbody>
        </table>
        """);

    /// <summary>The way on to the merchant's own site; nothing where the link names none.</summary>
    public static Html WayOn(Texts say, string? target) => target is null
        ? Html.Empty
        : Html.Of($"""<p class="actions"><a class="button" href="{target}">{say.Link.ContinueTo(new Uri(target).IdnHost)}</a></p>""");
}
