namespace PaySg.Functions.Platform.Ids;

/// <summary>Makes every id of the product from the injected clock and random source.</summary>
internal sealed class IdGenerator(TimeProvider clock, IRandomSource random)
{
    /// <summary>What a charge attempt's id begins with.</summary>
    public const string AttemptPrefix = "att_";

    /// <summary>What the key of a form begins with.</summary>
    public const string FormPrefix = "form_";

    /// <summary>Where the unpredictable part of ids comes from, for those whose shape belongs to one room.</summary>
    public IRandomSource Random => random;

    /// <summary>An event's id: <c>evt_</c> and a UUID of version 7, so that ids sort by time.</summary>
    public string NewEventId(DateTimeOffset now) => $"evt_{random.NewTimeOrderedUuid(now):D}";

    /// <summary>A charge attempt's id: <c>att_</c> and a UUID of version 7.</summary>
    public string NewAttemptId(DateTimeOffset now) => $"{AttemptPrefix}{random.NewTimeOrderedUuid(now):D}";

    /// <summary>The key of a form that may be sent once: <c>form_</c> and a UUID of version 7.</summary>
    public string NewFormKey(DateTimeOffset now) => $"{FormPrefix}{random.NewTimeOrderedUuid(now):D}";

    /// <summary>A refund's id: <c>re_</c> and a UUID of version 7.</summary>
    public string NewRefundId(DateTimeOffset now) => $"re_{random.NewTimeOrderedUuid(now):D}";

    /// <summary>A mail's id: <c>mail_</c> and a UUID of version 7.</summary>
    public string NewMailId(DateTimeOffset now) => $"mail_{random.NewTimeOrderedUuid(now):D}";

    /// <summary>A webhook endpoint's id: <c>we_</c> and a UUID of version 7.</summary>
    public string NewWebhookEndpointId() => $"we_{random.NewTimeOrderedUuid(clock.GetUtcNow()):D}";

    /// <summary>The id of a recovery of webhook deliveries: <c>rec_</c> and a UUID of version 7.</summary>
    public string NewRecoveryId(DateTimeOffset now) => $"rec_{random.NewTimeOrderedUuid(now):D}";

    /// <summary>The id of a batch of payments: <c>batch_</c> and a UUID of version 7.</summary>
    public string NewBatchId(DateTimeOffset now) => $"batch_{random.NewTimeOrderedUuid(now):D}";

    /// <summary>A payment service's id: <c>payment_service_</c> and a UUID of version 4, as PaySG's.</summary>
    public string NewPaymentServiceId() => $"payment_service_{random.NewUuid():D}";

    /// <summary>An account's id: a ULID.</summary>
    public string NewAccountId(DateTimeOffset now) => Ulid.New(random, now);

    /// <summary>The client id of an account's credential: a UUID of version 7, so that ids sort by time.</summary>
    public string NewClientId() => $"{random.NewTimeOrderedUuid(clock.GetUtcNow()):D}";

    /// <summary>The client secret of an account's credential: 43 random URL-safe characters (258 bits).</summary>
    public string NewClientSecret() => SortableAlphabet.Random(random, 43);

    /// <summary>The <c>api_key</c> of an account's credential, which callers send as <c>X-PARTNER-ID</c>: a UUID of version 4, as Singapay's.</summary>
    public string NewPartnerId() => $"{random.NewUuid():D}";

    /// <summary>The <c>jti</c> of an access token: 32 hexadecimal digits.</summary>
    public string NewTokenId() => Convert.ToHexStringLower(random.Bytes(16));

    /// <summary>An API key's id: <c>key_</c> and a UUID of version 7.</summary>
    public string NewApiKeyId() => $"key_{random.NewTimeOrderedUuid(clock.GetUtcNow()):D}";

    /// <summary>An API key's secret: the prefix of its mode and 32 random URL-safe characters (192 bits).</summary>
    public string NewApiKeySecret(string prefix) => prefix + SortableAlphabet.Random(random, 32);

    /// <summary>Such as <c>member_…</c>; sorts by the time of the invitation.</summary>
    public string NewMemberId(DateTimeOffset now) => $"member_{random.NewTimeOrderedUuid(now):D}";

    /// <summary>The <c>creator_id</c> that payments made with a key show: <c>user_</c> and a UUID of version 4.</summary>
    public string NewCreatorId() => $"user_{random.NewUuid():D}";

    /// <summary>A webhook signing secret: <c>whsec_</c> and base64 of 32 bytes (Standard Webhooks 1.0.0).</summary>
    public string NewWebhookSecret() => $"whsec_{Convert.ToBase64String(random.Bytes(32))}";

    /// <summary>An id for one request, to be quoted when asking for help: <c>req_</c> and 24 hexadecimal digits.</summary>
    public string NewRequestId() => Digits("req_");

    /// <summary>Marks one write, so that its own repetition is recognised.</summary>
    public string NewWriteId() => Digits("");

    private string Digits(string prefix)
    {
        Span<byte> bytes = stackalloc byte[12];
        random.Fill(bytes);
        Span<char> digits = stackalloc char[24];
        Convert.TryToHexStringLower(bytes, digits, out _);
        return string.Concat(prefix, digits);
    }
}
