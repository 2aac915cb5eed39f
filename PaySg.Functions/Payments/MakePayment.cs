using PaySg.Functions.Access;
using PaySg.Functions.Events;

namespace PaySg.Functions.Payments;

/// <summary>Makes a new payment and all that is written with it, of what was checked. Nothing is stored yet.</summary>
internal sealed class MakePayment(IdGenerator ids, PaymentJson paymentJson, PaymentEvents events)
{
    /// <param name="key">In whose name.</param>
    /// <param name="details">What is to be paid.</param>
    /// <param name="now">The time of the transaction.</param>
    public NewPayment Run(ApiKey key, PaymentDetails details, DateTimeOffset now)
    {
        var payment = Payment.Create(PaymentId.New(key.ServiceCode, now, ids.Random), key.PaymentServiceId, key.CreatorId, details, now);
        var answer = new ApiAnswer(201, paymentJson.Print(payment));
        return new NewPayment(payment, answer, events.Of(payment, answer.Body, EventTypes.PaymentCreated, now));
    }
}
