namespace PaySg.Functions.Access;

/// <summary>A payment service: what an agency collects payments for, and the owner of payments, keys and webhook endpoints.</summary>
/// <param name="Id">Such as <c>payment_service_…</c>.</param>
/// <param name="Code">The 4 characters that ids of its payments carry. Never changes.</param>
/// <param name="Name">What it is called.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record PaymentService(string Id, string Code, string Name, DateTimeOffset CreatedAt);
