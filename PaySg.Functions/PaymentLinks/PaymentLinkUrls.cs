namespace PaySg.Functions.PaymentLinks;

/// <summary>The URLs of payment links, built from <c>PaySg__PublicBaseUrl</c> and never from a request.</summary>
internal sealed class PaymentLinkUrls(PaySgSettings settings)
{
    /// <summary>The payer's page: a <c>reff_no</c> holds nothing that would have to be escaped.</summary>
    public string PageOf(string reffNo) => $"{settings.PublicBaseUrl}/b2b/{reffNo}";

    /// <summary>A page of an account's list.</summary>
    public string ListOf(string accountId, int page, int perPage) =>
        $"{settings.PublicBaseUrl}/api/v1.0/payment-link-manage/{accountId}?page={page}&per_page={perPage}";

    /// <summary>A page of an account's histories, under the same filters.</summary>
    /// <param name="filters">The parameters of the query but for the page, each as it was given.</param>
    public string HistoriesOf(string accountId, IEnumerable<KeyValuePair<string, string>> filters, int page) =>
        $"{settings.PublicBaseUrl}/api/v1.0/payment-link-histories/{accountId}"
        + string.Concat(filters.Append(new("page", page.ToString(CultureInfo.InvariantCulture))).Select((pair, index) =>
            $"{(index == 0 ? '?' : '&')}{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
}
