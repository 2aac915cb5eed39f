using System.Runtime.InteropServices;
using System.Text.Json.Serialization.Metadata;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Payments;

/// <summary>
/// Reads the document of a payment property by property. The generated reader takes several times as long: it makes an object of each number and time first, because a
/// payment cannot be changed once it is made. Whatever is not expected here, a property, a value or its type, is left to it, for the whole document: so what is
/// missing here costs time, and nothing else.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct PaymentReader
{
    private Utf8JsonReader json;
    private bool isUnexpected;

    private PaymentReader(ReadOnlySpan<byte> document) => json = new Utf8JsonReader(document);

    private static StoredPaymentJson Others => StoredPaymentJson.Compact;

    /// <summary>The payment.</summary>
    /// <exception cref="JsonException">The document is none.</exception>
    public static Payment Read(ReadOnlySpan<byte> document) => Find(document) ?? JsonSerializer.Deserialize(document, Others.Payment)!;

    /// <summary>The payment; null: the document has something that is not expected here.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static Payment? Find(ReadOnlySpan<byte> document)
    {
        var reader = new PaymentReader(document);
        try
        {
            reader.json.Read();
            return reader.IsObject() && reader.ReadPayment() is { } payment && !reader.json.Read() ? payment : null;
        }
        catch (InvalidOperationException)
        {
            // A text is no Unicode, such as half a pair of surrogates. The generated reader says where.
            return null;
        }
    }

    private Payment? ReadPayment()
    {
        string? id = null, service = null, creator = null, paidBy = null, paidMethod = null, language = null, cancelledBy = null;
        PaymentDetails? details = null;
        var status = PaymentStatus.Unpaid;
        GatewayHandle? handle = null;
        ChargedCard? card = null;
        Supplier? supplier = null;
        LinkMails? mails = null;
        IReadOnlyList<Refund>? refunds = null;
        bool? isIndexed = null;
        long sequence = 0;
        DateTimeOffset? created = null, updated = null, succeeded = null, cancelled = null, sent = null;
        while (HasNext())
        {
            if (Is("id"u8))
                id = Text();
            else if (Is("payment_service_id"u8))
                service = Text();
            else if (Is("creator_id"u8))
                creator = Text();
            else if (Is("details"u8))
                details = Details();
            else if (Is("status"u8))
                status = Status();
            else if (Is("sequence"u8))
                sequence = Number();
            else if (Is("created_at"u8))
                created = Time();
            else if (Is("updated_at"u8))
                updated = Time();
            else if (Is("refunds"u8))
                refunds = Refunds();
            else if (Is("indexed"u8))
                isIndexed = Flag();
            else if (Is("paid_by_attempt_id"u8))
                paidBy = Text();
            else if (Is("paid_method"u8))
                paidMethod = Text();
            else if (Is("paid_handle"u8))
                handle = Other(Others.GatewayHandle);
            else if (Is("paid_card"u8))
                card = Other(Others.ChargedCard);
            else if (Is("supplier"u8))
                supplier = Other(Others.Supplier);
            else if (Is("payer_language"u8))
                language = Text();
            else if (Is("succeeded_at"u8))
                succeeded = Time();
            else if (Is("cancelled_at"u8))
                cancelled = Time();
            else if (Is("cancelled_by"u8))
                cancelledBy = Text();
            else if (Is("email_sent_at"u8))
                sent = Time();
            else if (Is("link_mails"u8))
                mails = Other(Others.LinkMails);
            else
                return null;
        }

        if (isUnexpected || id is null || service is null || creator is null || details is null || refunds is null || created is not { } createdAt || updated is not { } updatedAt || sequence is < 0 or > int.MaxValue)
            return null;

        return new Payment
        {
            Id = id,
            PaymentServiceId = service,
            CreatorId = creator,
            Details = details,
            Status = status,
            PaidByAttemptId = paidBy,
            PaidMethod = paidMethod,
            PaidHandle = handle,
            PaidCard = card,
            Supplier = supplier,
            PayerLanguage = language,
            Sequence = (int)sequence,
            CreatedAt = createdAt,
            UpdatedAt = updatedAt,
            SucceededAt = succeeded,
            CancelledAt = cancelled,
            CancelledBy = cancelledBy,
            Refunds = refunds,
            EmailSentAt = sent,
            LinkMails = mails,
            IsIndexed = isIndexed,
        };
    }

    private PaymentDetails? Details()
    {
        string? reference = null, name = null, address = null, identifier = null, email = null, description = null, due = null, returnUrl = null, locale = null;
        long? amount = null;
        IReadOnlyList<KeyValuePair<string, string>>? metadata = null;
        IReadOnlyList<LineItem>? items = null;
        json.Read();
        if (!IsObject())
            return Unexpected<PaymentDetails>();

        while (HasNext())
        {
            if (Is("reference_id"u8))
                reference = Text();
            else if (Is("payer_name"u8))
                name = Text();
            else if (Is("payer_address"u8))
                address = Text();
            else if (Is("payer_identifier"u8))
                identifier = Text();
            else if (Is("payer_email"u8))
                email = Text();
            else if (Is("description"u8))
                description = Text();
            else if (Is("amount_in_cents"u8))
                amount = Number();
            else if (Is("due_date"u8))
                due = Text();
            else if (Is("return_url"u8))
                returnUrl = Text();
            else if (Is("locale"u8))
                locale = Text();
            else if (Is("metadata"u8))
                metadata = Metadata();
            else if (Is("line_items"u8))
                items = Other(Others.IReadOnlyListLineItem);
            else
                return Unexpected<PaymentDetails>();
        }

        if (reference is null || name is null || description is null || metadata is null || amount is not { } cents)
            return Unexpected<PaymentDetails>();

        return new PaymentDetails
        {
            ReferenceId = reference,
            PayerName = name,
            PayerAddress = address,
            PayerIdentifier = identifier,
            PayerEmail = email,
            Description = description,
            AmountInCents = cents,
            DueDate = due,
            ReturnUrl = returnUrl,
            Locale = locale,
            Metadata = metadata,
            LineItems = items,
        };
    }

    private IReadOnlyList<Refund> Refunds()
    {
        var ahead = json;
        if (ahead.Read() && ahead.TokenType == JsonTokenType.StartArray && ahead.Read() && ahead.TokenType == JsonTokenType.EndArray)
        {
            json = ahead;
            return [];
        }

        return Other(Others.IReadOnlyListRefund) ?? Unexpected<IReadOnlyList<Refund>>() ?? [];
    }

    private IReadOnlyList<KeyValuePair<string, string>> Metadata()
    {
        List<KeyValuePair<string, string>>? entries = null; // Most payments have none.
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
            return Unexpected<IReadOnlyList<KeyValuePair<string, string>>>() ?? [];

        while (json.Read() && IsObject())
        {
            var key = HasNext() && Is("key"u8) ? Text() : null;
            var value = HasNext() && Is("value"u8) ? Text() : null;
            if (key is null || value is null || HasNext())
                return Unexpected<IReadOnlyList<KeyValuePair<string, string>>>() ?? [];

            (entries ??= []).Add(new(key, value));
        }

        isUnexpected |= json.TokenType != JsonTokenType.EndArray;
        return entries is null ? [] : entries;
    }

    /// <summary>Whether another property follows.</summary>
    private bool HasNext() => !isUnexpected && json.Read() && json.TokenType == JsonTokenType.PropertyName;

    private readonly bool Is(ReadOnlySpan<byte> name) => json.ValueTextEquals(name);

    private readonly bool IsObject() => json.TokenType == JsonTokenType.StartObject;

    private string? Text()
    {
        json.Read();
        return json.TokenType == JsonTokenType.String ? json.GetString() : Unexpected<string>();
    }

    private long Number()
    {
        json.Read();
        isUnexpected |= json.TokenType != JsonTokenType.Number;
        var number = 0L;
        isUnexpected = isUnexpected || !json.TryGetInt64(out number);
        return number;
    }

    private bool Flag()
    {
        json.Read();
        isUnexpected |= json.TokenType is not (JsonTokenType.True or JsonTokenType.False);
        return json.TokenType == JsonTokenType.True;
    }

    private DateTimeOffset Time()
    {
        json.Read();
        isUnexpected |= json.TokenType != JsonTokenType.String;
        var time = default(DateTimeOffset);
        isUnexpected = isUnexpected || !json.TryGetDateTimeOffset(out time);
        return time;
    }

    private PaymentStatus Status()
    {
        json.Read();
        isUnexpected |= json.TokenType != JsonTokenType.String;
        if (isUnexpected)
            return default;

        if (Is("Unpaid"u8))
            return PaymentStatus.Unpaid;

        if (Is("Paid"u8))
            return PaymentStatus.Paid;

        isUnexpected |= !Is("Cancelled"u8);
        return PaymentStatus.Cancelled;
    }

    /// <summary>What the generated reader reads, because few payments have it or it is an object of its own.</summary>
    private T? Other<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(ref json, type);

    private T? Unexpected<T>()
        where T : class
    {
        isUnexpected = true;
        return null;
    }
}
