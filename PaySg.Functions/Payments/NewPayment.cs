using PaySg.Functions.Events;
using PaySg.Functions.Payments.Search;

namespace PaySg.Functions.Payments;

/// <summary>A payment that is about to be created.</summary>
/// <param name="Payment">The payment.</param>
/// <param name="Answer">What whoever creates it is answered.</param>
/// <param name="Event">What is told of it.</param>
internal sealed record NewPayment(Payment Payment, ApiAnswer Answer, WebhookEvent Event)
{
    /// <summary>How many rows it adds to a transaction: the payment, its place in the list, two copies, the event and an outbox row.</summary>
    public const int Rows = 6;

    /// <summary>Adds its rows to a transaction.</summary>
    public EntityGroup AddTo(EntityGroup group) => group.InsertPayment(Payment).Publish(Event);
}
